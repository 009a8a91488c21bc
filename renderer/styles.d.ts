/** Style sheets are imported for their effect only; the bundler turns them into files. */
declare module '*.css'
