/**
 * What a table holds under a name that comes from outside. Every object also has `constructor` and the like, which a
 * model or a tier may be called without being in the table.
 */
export function lookUp<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined
}
