// kill-files.ts DATABASE FOLDER OWNER STEP: keeps a file, then uploads another and deletes it, and is killed at the step of
// that number. Prints what was acknowledged by then, and the step.

import { createPostgresAdapters } from '@daftari/adapters-postgres'
import { createFolderFileStore } from '@daftari/adapters-storage'
import { createBooks, type FileStore, type Ports, type ReceivedFile } from '@daftari/application'

const [connectionString = '', folder = '', ownerId = '', numberOfStep = '0'] = process.argv.slice(2)
let left = Number.POSITIVE_INFINITY

function say(did: string, detail: string): void {
  console.log(JSON.stringify({ did, detail }))
}

/** The process is killed here, if it is the turn of this step. */
function step(name: string): void {
  left -= 1
  if (left !== 0) return
  say('killed', name)
  process.kill(process.pid, 'SIGKILL')
}

async function within<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  step(`before ${name}`)
  const result = await work()
  step(`after ${name}`)
  return result
}

function hookedFiles(files: FileStore): FileStore {
  return {
    ...files,
    async receive(pieces, limitBytes) {
      const file = await within('the bytes are received', () => files.receive(pieces, limitBytes))
      return file === null ? null : hookedFile(file)
    },
    put: (key, file, contentType) =>
      within('the bytes are stored', () => files.put(key, originals.get(file) ?? file, contentType)),
    delete: (key) => within('the bytes are removed', () => files.delete(key)),
  }
}

const originals = new WeakMap<ReceivedFile, ReceivedFile>()

function hookedFile(file: ReceivedFile): ReceivedFile {
  const { sizeBytes, sha256, head } = file
  const hooked: ReceivedFile = {
    ...{ sizeBytes, sha256, head },
    read: () => file.read(),
    discard: () => within('what was received is discarded', () => file.discard()),
  }
  originals.set(hooked, file)
  return hooked
}

function hooked(ports: Ports): Ports {
  const { unitOfWork, files } = ports
  return {
    ...ports,
    files: hookedFiles(files),
    unitOfWork: {
      ...unitOfWork,
      transact: (scope, work) =>
        within('the transaction', () =>
          unitOfWork.transact(scope, async (tx) => {
            const result = await work(tx)
            step('the transaction is staged and not committed')
            return result
          }),
        ),
    },
  }
}

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('%PDF-1.7')
  for (let piece = 0; piece < 3; piece += 1) {
    step(`piece ${piece} arrives`)
    yield Buffer.alloc(50_000, 'x')
  }
}

const adapters = createPostgresAdapters({ connectionString, files: createFolderFileStore({ folder }) })
const { attachments } = createBooks(hooked(adapters))
const scope = { ownerId, actorId: 'amina' }
const upload = (idempotencyKey: string) =>
  attachments.upload({ ...scope, idempotencyKey }, { fileName: 'risiti.pdf', content: pieces() })

say('kept', (await upload('kept')).id)
left = Number(numberOfStep)
const { id } = await upload('removed')
say('uploaded', id)
step('the upload is acknowledged')
say('deleting', id)
await attachments.delete(scope, { attachmentId: id })
say('deleted', id)
step('the deletion is acknowledged')
await adapters.close()
