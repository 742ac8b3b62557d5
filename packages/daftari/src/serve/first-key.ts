import { type Books, isDomainError } from '@daftari/application'
import type { Config } from '../config.ts'
import { readSecret, writeSecret } from '../database/secret-file.ts'

const FILE = 'api-key'
const OPERATOR = { actorId: 'daftari serve' }
const HOME = 'Africa/Dar_es_Salaam'
const MAKE_ONE = 'daftari keys create --scope read write admin'

/** How long the books remember what an idempotency key made. */
const REPEATABLE_MS = 72 * 60 * 60 * 1000

/** A key with which the first owner can begin, and where it is kept. */
export interface FirstKey {
  readonly text: string | null
  /** What to tell the person who started us. */
  readonly sentence: string
}

/** The key in the file, or one that is made, once, where there is none yet; never one that opens nothing. */
export async function firstKey(books: Books, { dataDir }: Config): Promise<FirstKey> {
  const file = `${dataDir}/${FILE}`
  const kept = await readSecret(dataDir, FILE)
  if (kept !== null && (await opens(books, kept)))
    return { text: kept, sentence: `The API key is in ${file}.` }
  const { data: owners } = await books.access.listOwners(OPERATOR, { limit: 2 })
  if (owners.length > 1) return none('There are several owners', `${MAKE_ONE} --owner <id>`)
  const [owner] = owners
  // Revoked, run out, or of other books.
  if (kept !== null && owner !== undefined) return none(`The API key in ${file} opens nothing here`)
  const { id, name } =
    owner ?? (await books.access.createOwner(OPERATOR, { name: 'First owner', timeZone: HOME }))
  const text = await makeKey(books, id)
  if (text === null) return none(`There are keys already, and none in ${file}`)
  await writeSecret(dataDir, FILE, text)
  return { text, sentence: `The API key of ${name} is now in ${file}.` }
}

/**
 * Asked for under an idempotency key: a start that died before it wrote the file is answered with the same key
 * again. `null` when there are keys and ours, if it is one of them, cannot be read any more.
 */
async function makeKey(books: Books, ownerId: string): Promise<string | null> {
  const { data: standing } = await books.access.listKeys({ ownerId, ...OPERATOR }, { limit: 100 })
  const ours = standing.find(({ createdBy }) => createdBy === OPERATOR.actorId)
  if (standing.length > 0 && !isRepeatable(ours?.createdAt)) return null
  const scope = { ownerId, ...OPERATOR, idempotencyKey: 'daftari serve: first key' }
  try {
    const { key } = await books.access.createKey(scope, {
      name: 'First key',
      scopes: ['read', 'write', 'admin'],
    })
    return (await opens(books, key)) ? key : null
  } catch (failure) {
    // Sealed under another master key: that of the data directory where it was made.
    if (ours === undefined || isDomainError(failure)) throw failure
    return null
  }
}

function isRepeatable(createdAt: string | undefined): boolean {
  return createdAt !== undefined && Date.now() - Date.parse(createdAt) < REPEATABLE_MS
}

async function opens({ access }: Books, key: string): Promise<boolean> {
  return (await access.authenticate(key)) !== null
}

function none(reason: string, command: string = MAKE_ONE): FirstKey {
  return { text: null, sentence: `${reason}; make one with: ${command}` }
}
