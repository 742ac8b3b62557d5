interface Access {
  readonly url: string
  readonly apiKey: string
}

const JSON_TYPE: Readonly<Record<string, string>> = { 'content-type': 'application/json' }

export function headersOf({ apiKey }: Pick<Access, 'apiKey'>): Record<string, string> {
  return { ...JSON_TYPE, authorization: `Bearer ${apiKey}` }
}

/** Makes a category; the status of the answer. */
export async function addCategory(service: Access, name: string): Promise<number> {
  const answer = await fetch(`${service.url}/v1/categories`, {
    method: 'POST',
    headers: headersOf(service),
    body: JSON.stringify({ name }),
  })
  await answer.body?.cancel()
  return answer.status
}

export async function categoriesOf(service: Access): Promise<readonly string[]> {
  const answer = await fetch(`${service.url}/v1/categories`, { headers: headersOf(service) })
  const { data } = (await answer.json()) as { readonly data: readonly { readonly name: string }[] }
  return data.map(({ name }) => name)
}

export async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const answer = await fetch(url, { headers })
  await answer.body?.cancel()
  return answer.status
}
