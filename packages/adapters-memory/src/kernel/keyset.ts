import type { KeysetPage } from '@daftari/application'
import { compareText } from '@daftari/domain'

interface Position<Key> {
  readonly key: Key
  readonly id: string
}

interface Order<Row, Key> {
  readonly positionOf: (row: Row) => Position<Key>
  readonly compareKeys: (one: Key, other: Key) => number
  readonly readKey: (text: string) => Key
  readonly isDescending: boolean
}

/** The rows of one page, in order. */
export function pageOfRows<Row, Key>(
  rows: Iterable<Row>,
  { positionOf, compareKeys, readKey, isDescending }: Order<Row, Key>,
  { after, limit }: KeysetPage,
): Row[] {
  const sign = isDescending ? -1 : 1
  const compare = (one: Position<Key>, other: Position<Key>): number =>
    sign * (compareKeys(one.key, other.key) || compareText(one.id, other.id))
  const start = after === null ? null : { key: readKey(after.key), id: after.id }
  return [...rows]
    .map((row) => ({ row, position: positionOf(row) }))
    .filter(({ position }) => start === null || compare(position, start) > 0)
    .sort((one, other) => compare(one.position, other.position))
    .slice(0, limit)
    .map(({ row }) => row)
}

export function compareNumbers(one: bigint, other: bigint): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
