const POLL_MS = 500

/**
 * Calls back once when the npm that runs us as a script has died without a word to us (`kill -9`); without npm it
 * never does. Gives a function that ends the watch, which by itself keeps no process alive.
 */
export function stopWhenNpmIsGone(callback: () => void, pollMs: number = POLL_MS): () => void {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, pollMs)
  timer.unref()
  return () => clearInterval(timer)
}
