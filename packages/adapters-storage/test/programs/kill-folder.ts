// kill-folder.ts FOLDER KEY ID STEP: marks the folder with the id, stores a file in it, and then deletes it, and is killed
// before the step of that number. Prints what it had done by then.

import { createFolderFileStore } from '../../src/filesystem/folder-file-store.ts'
import { asKey } from '../support/as-key.ts'
import { countSteps } from '../support/count-steps.ts'
import { PDF, received, someBytes } from '../support/files.ts'

const [folder = '', keyText = '', id = '', step = '0'] = process.argv.slice(2)
let left = Number(step)
await countSteps(() => {
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
})

const files = createFolderFileStore({ folder })
const key = asKey(keyText)
await files.mark(id)
console.log('marked')
await files.put(key, await received(files, someBytes(100_000)), PDF)
console.log('stored')
await files.delete(key)
console.log('deleted')
