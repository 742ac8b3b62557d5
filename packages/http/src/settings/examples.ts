import type { HttpContext } from '../endpoint/http-context.ts'
export const settingsExamples: HttpContext['examples'] = {
  SettingsChange: { expensePolicy: { max: '2000000.00' } },
  Settings: {
    id: '019a9a60-5a00-7000-8000-000000000004',
    version: 0,
    timeZone: 'Africa/Dar_es_Salaam',
    baseCurrency: 'TZS',
    expensePolicy: { min: '0.01', max: '1000000.00' },
    urgencyDays: { critical: 7, high: 14, medium: 30 },
    maxCategories: 100,
    createdAt: null,
    createdBy: null,
    updatedAt: null,
  },
}
