// failing-disk.ts FOLDER: stores a file again and again, and each time the disk fails at the next step, until it does not
// fail any more. Prints for each time what came of it.

import { freshId } from '@daftari/testing'
import { createFolderFileStore } from '../../src/filesystem/folder-file-store.ts'
import { countSteps } from '../support/count-steps.ts'
import { bytesUnder, filesBelow, PDF, received, refusalOf, someBytes } from '../support/files.ts'
import { freshKey } from '../support/fresh-key.ts'

const [folder = ''] = process.argv.slice(2)
const bytes = someBytes(100_000)
const files = createFolderFileStore({ folder })
await files.mark(freshId())
const empty = String(filesBelow(folder))

let left = 0
await countSteps(() => {
  left -= 1
  if (left === 0) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'test' })
})

for (let [step, hasFailed] = [1, true]; hasFailed; step += 1) {
  const [key, file] = [freshKey(), await received(files, bytes)]
  left = step
  const code = await files.put(key, file, PDF).then(
    () => 'stored',
    async (failure: unknown) => (await refusalOf(Promise.reject(failure))).code,
  )
  hasFailed = left <= 0
  left = 0
  if (!hasFailed) break
  const isClean = (await files.stat(key)) === null && !String(filesBelow(folder)).includes(key)
  await files.put(key, file, PDF)
  const isKept = (await bytesUnder(files, key))?.equals(bytes)
  await files.delete(key)
  console.log(`${code}, nothing left: ${isClean}, stored after all: ${isKept}`)
}
for (const { key } of await files.list(null, 10)) await files.delete(key)
console.log(`in the end: ${String(filesBelow(folder)) === empty}`)
