import type { Precondition } from '@daftari/application'
import { WireRefusal } from '../problem/wire-refusal.ts'

const TAG = /^"v(0|[1-9]\d{0,14})"$/

export function entityTag(version: number): string {
  return `"v${version}"`
}

/** What `If-Match` asks for; `undefined` when it is not there. @throws invalid_header */
export function preconditionOf(ifMatch: string | undefined): Precondition | undefined {
  if (ifMatch === undefined || ifMatch === '*') return ifMatch
  const [, version] = TAG.exec(ifMatch) ?? []
  if (version !== undefined) return Number(version)
  throw new WireRefusal('invalid_header', 'If-Match is one ETag as it was sent, e.g. "v7", or *.')
}
