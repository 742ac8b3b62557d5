import { exportsOf } from './exports-of.ts'
import type { Probes } from './probe.ts'

const folder = new URL('../probes/', import.meta.url)

/** Every method by which an owner's books are read or written. */
export const probes: Probes = Object.assign({}, ...(await exportsOf<Probes>(folder, '-probes.ts')))

/** Above all owners on purpose: whose books a key opens, how old all books are, and who keeps books here. */
export const aboveAllOwners: readonly string[] = [
  'queries.access.findKeyByHash',
  'queries.feed.epoch',
  'owners.create',
  'owners.find',
  'owners.list',
]
