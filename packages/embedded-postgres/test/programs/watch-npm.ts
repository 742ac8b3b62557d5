/** Says `gone` when told that its parent has died, or `nothing` when that stays out for twenty looks. */
import { stopWhenNpmIsGone } from '../../src/index.ts'

const LOOK_MS = 10

const end = stopWhenNpmIsGone(() => {
  console.log('gone')
  process.exit()
}, LOOK_MS)
if (process.env.END) end()

const parent = process.ppid
let looks = 0
setInterval(() => {
  if (process.ppid === parent || ++looks < 20) return
  console.log('nothing')
  process.exit()
}, LOOK_MS)
console.log('watching')
