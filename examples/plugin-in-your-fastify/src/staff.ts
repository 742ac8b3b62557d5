import { createHash } from 'node:crypto'
import type { Authenticate, CallerScope } from '@daftari/http'

/** Who may use this restaurant's server, by the SHA-256 of the badge that they send. */
export interface Person {
  readonly name: string
  readonly badgeHash: string
  readonly role: 'cook' | 'manager'
}

const scopes: { readonly [Role in Person['role']]: readonly CallerScope[] } = {
  cook: ['read'],
  manager: ['read', 'write', 'admin'],
}

export function hashOf(badge: string): string {
  return createHash('sha256').update(badge).digest('hex')
}

/** How this server knows people: the header `X-Badge`. All of them work on the books of one restaurant. */
export function authenticateStaff(staff: readonly Person[], restaurantId: string): Authenticate {
  const byHash = new Map(staff.map((person) => [person.badgeHash, person]))
  return ({ headers }) => {
    const badge = headers['x-badge']
    const person = typeof badge === 'string' ? byHash.get(hashOf(badge)) : undefined
    if (person === undefined) return null
    return { ownerId: restaurantId, actorId: person.name, scopes: scopes[person.role] }
  }
}
