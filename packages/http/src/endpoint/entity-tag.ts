import type { Precondition } from '@daftari/application'
import { WireRefusal } from '../problem/wire-refusal.ts'

const TAG = /^"v(0|[1-9]\d{0,14})"$/

export function entityTag(version: number): string {
  return `"v${version}"`
}

/** The version in `If-Match`; `undefined` when the header is absent. @throws invalid_header */
export function preconditionOf(ifMatch: string | undefined): Precondition | undefined {
  if (ifMatch === undefined || ifMatch === '*') return ifMatch
  const [, version] = TAG.exec(ifMatch) ?? []
  if (version !== undefined) return Number(version)
  throw new WireRefusal(
    'invalid_header',
    'If-Match must be one ETag exactly as it was received, e.g. "v7", or *.',
  )
}
