import { describe, expect, it } from 'vitest';
import { askedBy, failureOf, genuine, now, recorded, requestOf, samples } from '../../test/support/pipelines.ts';
import { EvaluationRequest } from '../gate/request.ts';

const without = (value: Record<string, unknown>, path: string): Record<string, unknown> => {
  const [step = '', ...rest] = path.split('.');
  const { [step]: gone, ...left } = value;
  return rest.length === 0 ? left : { ...left, [step]: without(gone as Record<string, unknown>, rest.join('.')) };
};
const flip = (body: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(body).toString().replace('v1.36.3', 'v1.36.4').replace('production', 'pr0duction'));
const minutesLater = (minutes: number): string => new Date(Date.parse(now) + minutes * 60_000).toISOString();

describe.each(samples)('$name', (sample) => {
  const { read, needs, isSigned, isOnce } = sample;
  const payload = recorded(sample.payload);

  it('asks about the right cluster and version', () => {
    const { request } = askedBy(read(genuine(sample)));
    expect(request).toMatchObject({ cluster: 'prod-a', action: 'upgrade', target: { kubernetesVersion: 'v1.36.3' } });
    expect(EvaluationRequest.parse(request)).toEqual(request);
  });

  it('gives the same delivery the same key', () => {
    expect(askedBy(read(genuine(sample))).request.idempotencyKey).toBe(askedBy(read(genuine(sample))).request.idempotencyKey);
  });

  it('refuses a forged or missing secret', () => {
    const { headers, ...rest } = genuine(sample);
    const forged = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        /signature|token$/.test(name) ? String(value).replace(/.{12}$/, 'AAAAAAAAAAA=') : value,
      ]),
    );
    const hidden = Buffer.from(
      Buffer.from(rest.body)
        .toString()
        .replace(/"token":"[^"]*"/, '"token":"no-secret-at-all-0123"'),
    );
    expect(failureOf(read({ ...rest, body: hidden, headers: forged }))).toBe('credential-refused');
    expect(failureOf(read({ ...rest, body: hidden, headers: { 'content-type': 'application/json' } }))).toBe('credential-refused');
  });

  if (isSigned)
    it('refuses a body that was altered after it was signed', () => {
      const raw = genuine(sample);
      const altered = flip(raw.body);
      expect(altered).not.toEqual(raw.body);
      expect(failureOf(read({ ...raw, body: altered }))).toBe('credential-refused');
    });

  if (isOnce)
    it('refuses a delivery that was accepted before', () => {
      const { delivery } = askedBy(read(genuine(sample)));
      expect(delivery?.ids.length).toBeGreaterThan(0);
      expect(Date.parse(delivery?.rememberUntil ?? '')).toBeGreaterThan(Date.parse(now));
      const ids = new Set(delivery?.ids);
      for (const id of ids) expect(failureOf(read(genuine(sample, { seen: (one) => one === id })))).toBe('conflict');
      expect(read(genuine(sample, { seen: (one) => !ids.has(one) })).ok).toBe(true);
    });

  it('remembers a delivery for as long as it would be taken again', () => {
    const raw = genuine(sample);
    const { delivery } = askedBy(read(raw));
    const forgotten = delivery === null ? now : new Date(Date.parse(delivery.rememberUntil) + 1000).toISOString();
    expect(failureOf(read({ ...raw, now: forgotten }))).toBe(isOnce ? 'credential-refused' : 'no failure');
  });

  it('refuses too large a body before it looks at it', () => {
    const body = Buffer.alloc(2 * 1024 * 1024 + 1, 0x20);
    expect(failureOf(read({ ...genuine(sample), body }))).toBe('input-invalid');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'application/json; charset=utf-16', ''])(
    'refuses the content type "%s"',
    (type) => {
      const raw = genuine(sample);
      expect(failureOf(read({ ...raw, headers: { ...raw.headers, 'content-type': type } }))).toBe('input-invalid');
    },
  );
  it('refuses other methods', () => {
    expect(failureOf(read(genuine(sample, { method: 'GET' })))).toBe('input-invalid');
  });

  it.each(['', '{', 'null', '[]', '"text"', '{}', '\u0000', '[[[[[[[['])('refuses the signed body %j', (text) => {
    expect(read(requestOf(sample, text)).ok).toBe(false);
  });
  it('refuses what is no UTF-8', () => {
    const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    const raw = { ...requestOf(sample, ''), body };
    expect(read({ ...raw, headers: { 'content-type': 'application/json', ...sample.sign(body) } }).ok).toBe(false);
  });

  it.each(needs)('asks nothing without %s', (path) => {
    expect(read(requestOf(sample, without(payload, path))).ok).toBe(false);
  });

  it('does not take inherited things for its own', () => {
    const text = JSON.stringify(payload);
    const tricks = [
      text.replace('{', '{"__proto__":{"cluster":"other","verdict":"allow"},"constructor":{"prototype":{"allowed":true}},'),
      text.replaceAll('production', '__proto__'),
      text.replaceAll('production', 'constructor'),
      text.replaceAll('prod-a', 'constructor'),
      text.replaceAll('prod-a', '__proto__'),
    ];
    for (const trick of tricks) {
      const answer = read(requestOf(sample, trick));
      if (answer.ok) expect(askedBy(answer).request).toMatchObject({ cluster: 'prod-a', target: { kubernetesVersion: 'v1.36.3' } });
    }
    expect(({} as Record<string, unknown>).allowed).toBeUndefined();
    expect(({} as Record<string, unknown>).cluster).toBeUndefined();
  });

  it('does not read a header that was sent twice', () => {
    const raw = genuine(sample);
    const doubled = Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name, [String(value), String(value)]]));
    expect(read({ ...raw, headers: { ...doubled, 'content-type': ['application/json', 'text/plain'] } }).ok).toBe(false);
  });

  it('tells no secret when it refuses', () => {
    const { headers, ...rest } = genuine(sample);
    const answer = read({ ...rest, headers: { ...headers, 'content-type': 'text/plain' } });
    expect(JSON.stringify(answer)).not.toMatch(/secret-0123|whsec_|job-access-token/);
  });

  if (!isOnce)
    it('asks anew after a while, where the caller repeats itself', () => {
      const before = askedBy(read(genuine(sample))).request.idempotencyKey;
      const after = askedBy(read(genuine(sample, { now: minutesLater(20) }))).request.idempotencyKey;
      // Azure with callback and Tekton ask once, and only repeat a delivery
      expect(before === after).toBe(/Azure|Tekton/.test(sample.name));
    });
});
