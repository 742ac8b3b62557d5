import { type Books, settingsChange, settingsView } from '@daftari/application'
import { record } from '../endpoint/answer.ts'
import type { Current } from '../endpoint/endpoint.ts'
import { type Route, route } from '../endpoint/route.ts'

const tag = 'Settings'
const etag = ['ETag'] as const

/** `/v1/settings` */
export function settingsEndpoints({ settings }: Books): readonly Route[] {
  const current: Current = { view: settingsView(), read: ({ scope }) => settings.get(scope) }
  return [
    route({
      method: 'GET',
      path: '/settings',
      scope: 'admin',
      operationId: 'getSettings',
      tag,
      summary: 'Get the settings',
      answers: [{ status: 200, description: 'The settings.', view: settingsView(), headers: etag }],
      handle: async ({ scope }) => record(await settings.get(scope)),
    }),
    route({
      method: 'PATCH',
      path: '/settings',
      scope: 'admin',
      operationId: 'updateSettings',
      tag,
      summary: 'Change the settings',
      body: settingsChange,
      current,
      answers: [
        { status: 200, description: 'The settings after the change.', view: settingsView(), headers: etag },
      ],
      refusals: ['base_currency_frozen'],
      handle: async ({ scope, body, precondition }) =>
        record(await settings.update(scope, precondition, body)),
    }),
  ]
}
