const SIGNALS = ['SIGTERM', 'SIGINT'] as const

type Watch = (callback: () => void) => () => void

/** Calls `stop` once, on a signal or when the npm process that started this process has ended. A second signal ends the process at once. */
export function onShutdownSignal(stop: (cause: string) => Promise<void>, watchNpm: Watch): void {
  let isStopping = false
  function begin(cause: string): void {
    isStopping = true
    endWatch()
    void stop(cause).finally(() => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    })
  }
  function onSignal(signal: NodeJS.Signals): void {
    if (isStopping) process.exit(1)
    begin(signal)
  }
  const endWatch = watchNpm(() => {
    if (!isStopping) begin('npm has ended')
  })
  for (const signal of SIGNALS) process.on(signal, onSignal)
}
