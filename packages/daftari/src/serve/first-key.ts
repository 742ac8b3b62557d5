import { type Books, isDomainError } from '@daftari/application'
import type { Config } from '../config.ts'
import { readSecret, writeSecret } from '../database/secret-file.ts'

const FILE = 'api-key'
const OPERATOR = { actorId: 'daftari serve' }
const HOME = 'Africa/Dar_es_Salaam'
const MAKE_ONE = 'daftari keys create --scope read write admin'

/** How long the answer under an idempotency key is kept. */
const REPEATABLE_MS = 72 * 60 * 60 * 1000

/** The API key of the first owner, and a message about the file that contains it. */
export interface FirstKey {
  readonly text: string | null
  /** The message for the person who started the service. */
  readonly sentence: string
}

/** The key in the file if it is valid. Otherwise a new key, but only when there is no key yet. */
export async function firstKey(books: Books, { dataDir }: Config): Promise<FirstKey> {
  const file = `${dataDir}/${FILE}`
  const kept = await readSecret(dataDir, FILE)
  if (kept !== null && (await opens(books, kept)))
    return { text: kept, sentence: `The API key is in ${file}.` }
  const { data: owners } = await books.access.listOwners(OPERATOR, { limit: 2 })
  if (owners.length > 1) return none('There are several owners', `${MAKE_ONE} --owner <id>`)
  const [owner] = owners
  // The key in the file is revoked or expired, or belongs to another database.
  if (kept !== null && owner !== undefined)
    return none(`The API key in ${file} is not valid for this database`)
  const { id, name } =
    owner ?? (await books.access.createOwner(OPERATOR, { name: 'First owner', timeZone: HOME }))
  const text = await makeKey(books, id)
  if (text === null) return none(`There are already API keys, but none of them is in ${file}`)
  await writeSecret(dataDir, FILE, text)
  return { text, sentence: `The API key of ${name} is now in ${file}.` }
}

/**
 * Creates the key under an idempotency key, so that a start after a crash gets the same key again when the file was not
 * written. `null` when there already are keys and the stored answer cannot be read any more.
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
    // The stored answer is encrypted with another master key, that of another data directory.
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
  return { text: null, sentence: `${reason}. To create a key, run: ${command}` }
}
