import type { KeysetPage } from '@daftari/application'

/** Everything, on one page. */
export const ALL: KeysetPage = { after: null, limit: 100_000 }

interface Place<Key> {
  readonly key: Key
  readonly id: string
}

/** Puts rows in another order and cuts the page asked for out of it. */
export function repaged<Row, Key extends string | bigint | number>(
  rows: readonly Row[],
  placeOf: (row: Row) => Place<Key>,
  readKey: (text: string) => Key,
  compare: (one: Place<Key>, other: Place<Key>) => number,
  { after, limit }: KeysetPage,
): Row[] {
  const start = after === null ? null : { key: readKey(after.key), id: after.id }
  return rows
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => start === null || compare(place, start) > 0)
    .sort((one, other) => compare(one.place, other.place))
    .slice(0, limit)
    .map(({ row }) => row)
}

/** As JavaScript compares: numbers by worth, text by UTF-16 units. */
export function ascending<Key extends string | bigint | number>(one: Key, other: Key): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
