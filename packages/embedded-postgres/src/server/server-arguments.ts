export interface ServerArguments {
  readonly pgDir: string
  readonly host: string
  readonly port: number
  readonly durable: boolean
  readonly settings: Readonly<Record<string, string>>
}

/** PostgreSQL uses the last value of a setting, so the settings that the launcher depends on come after those of the caller. */
export function serverArguments({ pgDir, host, port, durable, settings }: ServerArguments): string[] {
  const fixed = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'warning',
    lc_messages: 'C',
    ...(durable ? { fsync: 'on', full_page_writes: 'on' } : { fsync: 'off', full_page_writes: 'off' }),
  }
  const all = [...Object.entries(settings), ...Object.entries(fixed)]
  return ['-D', pgDir, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
