import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { readSettings, type ServeFlags } from './settings.ts';

const flags: ServeFlags = {
  data: 'data',
  host: '127.0.0.1',
  port: 0,
  hostName: [],
  allow: [],
  allowSpecial: [],
  webhookHost: [],
  admin: [],
};
const allows = (address: string, more: Partial<ServeFlags> = {}): boolean =>
  must(readSettings({ ...flags, ...more })).allow.isAllowed(address);

describe('where clusters may be', () => {
  it('is private networks, unless others are named', () => {
    expect(['10.1.2.3', '172.16.0.1', '192.168.1.1', 'fd00::1'].map((address) => allows(address))).toEqual([true, true, true, true]);
    expect(['8.8.8.8', '198.18.0.11', '127.0.0.1', '169.254.169.254'].map((address) => allows(address))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([allows('198.18.0.11', { allow: ['198.18.0.0/15'] }), allows('10.1.2.3', { allow: ['198.18.0.0/15'] })]).toEqual([true, false]);
    expect(allows('2001:db8::7', { allow: ['2001:db8::/32'] })).toBe(true);
  });

  it('is this machine only when it is meant', () => {
    expect([allows('127.0.0.1', { allow: ['0.0.0.0/0'] }), allows('127.0.0.1', { allowSpecial: ['127.0.0.1'] })]).toEqual([false, true]);
    expect(must(readSettings({ ...flags, allowSpecial: ['127.0.0.1'] })).isLoopbackAllowed).toBe(true);
  });

  it.each(['api.shop.example', '*.shop.example', 'cafe', 'localhost'])('is no name: %s', (name) => {
    expect(sayOf(readSettings({ ...flags, allow: ['10.0.0.0/8', name] }))).toContain(`"${name}"`);
  });

  it('is nothing that cannot be read', () => {
    expect(sayOf(readSettings({ ...flags, allow: ['10.0.0.0/99'] }))).toContain('0–32');
  });
});

describe('who signs in', () => {
  it('is nobody but the local administrator without an issuer', () => {
    expect(must(readSettings(flags))).toMatchObject({ signIn: undefined, admins: [] });
    expect(codeOf(readSettings({ ...flags, admin: ['ada'] }))).toBe('input-invalid');
    expect(codeOf(readSettings({ ...flags, clientId: 'gatehouse' }))).toBe('input-invalid');
  });

  it('needs issuer and client together', () => {
    const issuer = 'https://id.example.com';
    expect(codeOf(readSettings({ ...flags, issuer }))).toBe('input-invalid');
    expect(must(readSettings({ ...flags, issuer, clientId: 'gatehouse', admin: ['ada'] }))).toMatchObject({
      signIn: { issuer, clientId: 'gatehouse', audience: 'gatehouse' },
      admins: [{ issuer, subject: 'ada' }],
    });
  });
});
