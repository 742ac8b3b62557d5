import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Half of a short run is reading the source; it is read once for all of them. */
export const COMPILE_CACHE: string = fileURLToPath(
  new URL('../node_modules/.cache/compiled', import.meta.url),
)

/** The install that npm would do before is not what is tried here. */
const COMMANDS = {
  node: [process.execPath, '--conditions=source', MAIN, 'serve'],
  npm: ['npm', 'start', '--ignore-scripts'],
} as const

export interface ServiceProcess {
  readonly pid: number
  readonly url: string
  readonly apiKey: string
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  stop(): void
}

/** Starts the service as a process and waits for its line of JSON. @throws what it said, when it ends before */
export async function startService(dataDir: string, through: keyof typeof COMMANDS): Promise<ServiceProcess> {
  const [command, ...args] = COMMANDS[through]
  const { PATH, HOME } = process.env
  const cached = { NODE_COMPILE_CACHE: COMPILE_CACHE }
  const env = { PATH, HOME, DAFTARI_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'fatal', ...cached }
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const { url, apiKey } = JSON.parse(await lastLineOfStart(child))
  return { pid: child.pid ?? -1, url, apiKey, ended, stop: () => void child.kill('SIGTERM') }
}

function lastLineOfStart({ stdout, stderr }: ChildProcess): Promise<string> {
  if (stdout === null || stderr === null) throw new Error('its output is not piped')
  const said: string[] = []
  stderr.on('data', (piece: Buffer) => said.push(piece.toString()))
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdout })
    lines.on('line', (line) => line.startsWith('{') && resolve(line))
    lines.once('close', () => reject(new Error(`it did not start: ${said.join('')}`)))
  })
}
