import { expect, test } from 'vitest'
import { blockedHosts } from '../test/support/private-addresses.ts'
import { judgeUrl } from './judge-url.ts'

test.each([
  'https://hooks.example.org/a?b=c',
  'https://hooks.example.org:8443/',
  'https://HOOKS.example.org:443',
])('takes %s', (url) => {
  expect(judgeUrl(url)).toBeNull()
})

test.each(blockedHosts)('F49: refuses the host %s', (host) => {
  expect(judgeUrl(`https://${host}/`)).toMatch(/^(host|address|malformed)$/)
})

test.each([
  ['http://hooks.example.org/', 'scheme'],
  ['ftp://hooks.example.org/', 'scheme'],
  ['file:///etc/passwd', 'malformed'],
  ['javascript:alert(1)', 'malformed'],
  ['https://', 'malformed'],
  ['hooks.example.org', 'malformed'],
  ['', 'malformed'],
  ['https://user@hooks.example.org/', 'userinfo'],
  ['https://user:pass@hooks.example.org/', 'userinfo'],
  ['https://hooks.example.org@127.0.0.1/', 'userinfo'],
  ['https://hooks.example.org:22/', 'port'],
  ['https://hooks.example.org:80/', 'port'],
  ['https://hooks.example.org:1023/', 'port'],
  ['https://hooks.example.org:0/', 'port'],
  ['https://hooks.example.org:65536/', 'malformed'],
  ['https://127.0.0.1\\@hooks.example.org/', 'address'],
  ['https://hooks.example.org\\.evil.internal/', null],
])('judges %s by what it leads to', (url, fault) => {
  expect(judgeUrl(url)).toBe(fault)
})

test.each(['http://localhost:8080/', 'http://127.0.0.1/', 'https://[::1]:22/', 'http://wiki/'])(
  'takes %s where private addresses are allowed',
  (url) => {
    expect(judgeUrl(url, { allowPrivate: true })).toBeNull()
  },
)

test.each([
  ['http://user@localhost/', 'userinfo'],
  ['ftp://localhost/', 'scheme'],
  ['nonsense', 'malformed'],
])('refuses %s even there', (url, fault) => {
  expect(judgeUrl(url, { allowPrivate: true })).toBe(fault)
})
