import { expect, it } from 'vitest';
import { adminsOf } from './people.ts';

it('names the first admin by address or by subject', () => {
  expect(adminsOf('https://id.example.com', 'ada@example.com')).toEqual([{ issuer: 'https://id.example.com', email: 'ada@example.com' }]);
  expect(adminsOf('https://id.example.com', '00u1')).toEqual([{ issuer: 'https://id.example.com', subject: '00u1' }]);
});

it('names nobody without an issuer: an address alone proves nothing', () => {
  expect([adminsOf(undefined, 'ada@example.com'), adminsOf('https://id.example.com', undefined)]).toEqual([[], []]);
});
