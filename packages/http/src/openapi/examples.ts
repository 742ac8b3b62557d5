const CATEGORY_ID = '019a9a60-5a00-7000-8000-000000000001'
const EXPENSE_ID = '019a9a60-5a00-7000-8000-000000000002'
const ACTOR = 'key:019a9a60-5a00-7000-8000-000000000003'

const recorded = {
  createdAt: '2026-11-21T09:00:00.000Z',
  createdBy: ACTOR,
  updatedAt: '2026-11-21T09:00:00.000Z',
}

const money = { amount: '12500.00', currency: 'TZS' }

const INVOICE_ID = '019a9a60-5a00-7000-8000-000000000005'
const total = { amount: '590000.00', currency: 'TZS' }

const invoice = {
  supplier: { name: 'Tanesco', taxId: '100-123-456', iban: null },
  number: 'INV-2026-118',
  issueDate: '2026-11-21',
  dueDate: '2026-12-05',
  total,
  subtotal: { amount: '500000.00', currency: 'TZS' },
  tax: { amount: '90000.00', currency: 'TZS' },
  notes: null,
  attachmentIds: [],
  duplicateReason: null,
}

const apiKey = {
  id: '019a9a60-5a00-7000-8000-000000000003',
  version: 1,
  name: 'Till',
  scopes: ['read', 'write'],
  expiresAt: null,
  revokedAt: null,
  ...recorded,
  lastUsedAt: null,
}

const expense = {
  amount: money,
  categoryId: CATEGORY_ID,
  expenseDate: '2026-11-21',
  description: 'Basi kwenda Morogoro',
  attachmentIds: [],
}

/** One example of each schema of the document, by its title. A test holds them to their schemas. */
export const examples: Readonly<Record<string, object>> = {
  Money: money,
  NewCategory: { name: 'Usafiri' },
  CategoryChange: { name: 'Usafiri na mizigo' },
  Category: { id: CATEGORY_ID, version: 1, name: 'Usafiri', expenseCount: 1, total: money, ...recorded },
  NewExpense: expense,
  ExpenseChange: { amount: { amount: '13000.00', currency: 'TZS' } },
  Expense: { id: EXPENSE_ID, version: 1, ...expense, ...recorded },
  ExpenseSummary: {
    groups: [{ key: CATEGORY_ID, label: 'Usafiri', count: 1, total: money }],
    total: money,
  },
  ImportReport: {
    rows: 2,
    accepted: 1,
    rejected: [
      { line: 3, code: 'date_invalid', detail: 'a date is YYYY-MM-DD, from 1970-01-01 to 2100-12-31' },
    ],
  },
  NewInvoice: invoice,
  InvoiceChange: { dueDate: '2026-12-12', supplier: { iban: 'BE68539007547034' } },
  Invoice: {
    id: INVOICE_ID,
    version: 1,
    status: 'pending',
    ...invoice,
    voidReason: null,
    payments: [],
    paid: { amount: '0.00', currency: 'TZS' },
    balance: total,
    isOverdue: false,
    urgency: {
      level: 'high',
      rank: 3,
      source: 'calculated',
      daysUntilDue: 14,
      reason: null,
      setBy: null,
      setAt: null,
    },
    ...recorded,
  },
  NewPayment: { amount: total, paidOn: '2026-11-21', method: 'mobile_money', reference: 'MP-7781' },
  Reason: { reason: 'Paid from the wrong account' },
  UrgencyOverride: { level: 'critical', reason: 'Power will be cut' },
  InvoiceSummary: {
    levels: [{ level: 'high', rank: 3, sums: [{ currency: 'TZS', count: 1, total: '590000.00' }] }],
    overdue: { sums: [] },
    open: { sums: [{ currency: 'TZS', count: 1, total: '590000.00' }] },
  },
  NewApiKey: { name: 'Till', scopes: ['read', 'write'] },
  ApiKey: apiKey,
  CreatedApiKey: { ...apiKey, key: 'dft_LGoqZ4saKMazCuMwsWv5dM7gPltwZCEB0ATPci6OkIM' },
  Event: {
    specversion: '1.0',
    id: '019a9a60-5a00-7000-8000-000000000006',
    source: '/owners/019a9a60-5a00-7000-8000-000000000004',
    type: 'category.created',
    subject: CATEGORY_ID,
    time: '2026-11-21T09:00:00.000Z',
    datacontenttype: 'application/json',
    aggregatetype: 'category',
    aggregateversion: 1,
    actor: ACTOR,
    data: { before: null, after: { id: CATEGORY_ID, version: 1, name: 'Usafiri', ...recorded } },
  },
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
  HistoryEntry: {
    type: 'expense.updated',
    version: 2,
    at: '2026-11-21T09:05:00.000Z',
    by: ACTOR,
    changes: { amount: { before: money, after: { amount: '13000.00', currency: 'TZS' } } },
  },
  ItemProblem: {
    type: 'urn:daftari:problem:category_not_found',
    title: 'There is no such category',
    status: 422,
    code: 'category_not_found',
    detail: `There is no category ${CATEGORY_ID}.`,
    errors: [
      {
        pointer: '/items/3/categoryId',
        code: 'category_not_found',
        detail: `There is no category ${CATEGORY_ID}.`,
      },
    ],
  },
  Problem: {
    type: 'urn:daftari:problem:validation_failed',
    title: 'The input has faults',
    status: 422,
    code: 'validation_failed',
    detail: 'The input has 1 fault.',
    instance: '/v1/expenses',
    requestId: '7f80ca1a-1e3b-488c-815c-165b56fa3f42',
    errors: [
      { pointer: '/expenseDate', code: 'date_in_future', detail: '2026-11-22 is after today, 2026-11-21' },
    ],
  },
}
