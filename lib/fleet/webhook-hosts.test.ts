import { expect, it } from 'vitest';
import { Webhook, WebhookRequest, webhookSecret } from './webhook.ts';
import { allowedUrl } from './webhook-hosts.ts';

const patterns = ['hooks.example.com', '*.corp.example'];
it.each([
  'https://hooks.example.com/a?b=c',
  'https://HOOKS.example.com:8443',
  'https://hooks.example.com./a',
  'https://a.corp.example',
  'https://a.b.corp.example',
])('lets webhooks point to %s', (url) => expect(allowedUrl(url, { patterns })).toMatchObject({ ok: true }));

const host = /^Webhooks may not point to the host \S+ \(allowed are hooks\.example\.com, \*\.corp\.example\); choose another/;
const form = /^The address of the webhook is no https:\/\/ address without user name and "#"/;
const clear = /^The address of the webhook is not https:\/\//;
it.each([
  ['https://example.com', host],
  ['https://x.hooks.example.com', host],
  ['https://corp.example', host],
  ['https://.corp.example', host],
  ['https://evilcorp.example', host],
  ['https://hooks.example.com.evil.test', host],
  ['https://127.0.0.1', host],
  ['https://me:pw@hooks.example.com', form],
  ['https://hooks.example.com/#a', form],
  ['nonsense', form],
  ['http://hooks.example.com', clear],
  ['http://127.0.0.1', clear],
  ['ftp://hooks.example.com', clear],
  ['file:///etc/passwd', clear],
])('does not let them point to %s', (url, say) => {
  expect(allowedUrl(url, { patterns })).toMatchObject({ ok: false, failure: { code: 'input-invalid', say: expect.stringMatching(say) } });
});

it('lets http lead to this machine when it is told to, and nowhere else', () => {
  const local = { patterns: ['127.0.0.1', 'hooks.example.com', '[::1]', 'localhost'], isLoopbackAllowed: true };
  for (const url of ['http://127.0.0.1:8080', 'http://[::1]', 'http://localhost'])
    expect(allowedUrl(url, local)).toMatchObject({ ok: true });
  expect(allowedUrl('http://hooks.example.com', local)).toMatchObject({ ok: false });
  expect(allowedUrl('ftp://127.0.0.1', local)).toMatchObject({ ok: false });
});

it('says when no host is allowed', () => {
  expect(allowedUrl('https://hooks.example.com', { patterns: [] })).toMatchObject({
    failure: { say: expect.stringContaining('(no host is allowed yet)') },
  });
});

it.each([
  [{}, true],
  [{ url: 'nonsense' }, false],
  [{ url: 'https://me@hooks.example.com' }, false],
  [{ url: 'javascript:alert(1)' }, false],
  [{ events: [] }, false],
  [{ events: ['scan.completed', 'scan.completed'] }, false],
  [{ events: ['scan.exploded'] }, false],
  [{ secret: 'x' }, false],
])('reads a request for one: %o', (change, isGood) => {
  const request = { url: 'https://hooks.example.com/a', events: ['scan.completed'], ...change };
  expect(WebhookRequest.safeParse(request).success).toBe(isGood);
});

it('keeps the secret apart from the record', () => {
  const id = 'whk-0123456789ab';
  const kept = Webhook.parse({
    id,
    projectId: 'default',
    url: 'https://a.test',
    events: ['scan.failed'],
    active: true,
    createdAt: '2026-11-27T10:00:00Z',
    secret: 'x',
  });
  expect(JSON.stringify(kept)).not.toContain('secret');
  expect(webhookSecret(id)).toBe('webhooks/whk-0123456789ab/secret');
});
