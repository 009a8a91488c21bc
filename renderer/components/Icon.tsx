const paths = {
  shield: 'M8 1.800l5.200 2v4c0 3.200-2.100 5.400-5.200 6.400-3.100-1-5.200-3.200-5.200-6.400v-4z',
  dashboard: 'M2.500 13.500h11M4.500 11V8M8 11V3.500M11.500 11V6',
  bell: 'M8 2a4 4 0 0 1 4 4c0 3.200 1.200 4.300 1.200 4.300H2.800S4 9.200 4 6a4 4 0 0 1 4-4zM6.600 13a1.600 1.600 0 0 0 2.800 0',
  settings: 'M2.500 4.500h6M11.500 4.500h2M2.500 11.500h2M7.500 11.500h6M10 3v3M6 10v3',
  check: 'M3 8.500l3.200 3L13 4.500',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.800V8l2.200 1.500',
  alert: 'M8 2.200l6.300 11.100H1.700zM8 6.500v3.200M8 11.300v.1',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 7.300v3.500M8 5v.1',
  plus: 'M8 3v10M3 8h10',
  trash: 'M3 4.500h10M6.500 4.500V3h3v1.500M4.500 4.500l.6 8.500h5.800l.6-8.500M6.800 7v3.700M9.200 7v3.700',
  key: 'M10.500 2.500a3 3 0 1 1-2.300 4.900L3 12.600V14h2.500v-1.500H7V11l1.500-1.500M11 5v.1',
  refresh: 'M13 8a5 5 0 1 1-1.600-3.700M13 2.500v2.700h-2.700',
  open: 'M6.500 3.500h-3v9h9v-3M9 3h4v4M13 3L7.500 8.500',
  chevron: 'M4.500 6.500L8 10l3.500-3.500',
  back: 'M9.500 3.500L5 8l4.500 4.500',
  send: 'M2.500 7.500l11-5-4 11-2.200-4.800z',
  download: 'M8 2.500v7.500M4.800 7L8 10.200 11.200 7M3 13.500h10',
  gap: 'M2.500 8h2M7 8h2M11.500 8h2',
} as const

export type IconName = keyof typeof paths

/** Decoration only: whatever it stands for is also said in words beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
