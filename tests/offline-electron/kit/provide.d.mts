export const kit: string
export const electron9: string
export const app: string
