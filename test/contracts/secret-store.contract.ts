import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';

export interface SecretStoreUnderTest {
  readonly store: SecretStore;
  close?(): Promise<void> | void;
}

/** What every SecretStore holds. `make` is called once; every test uses a name of its own. */
export const describeSecretStore = (name: string, make: () => Promise<SecretStoreUnderTest>): void => {
  describe(`secret store: ${name}`, () => {
    let under: SecretStoreUnderTest;
    let store: SecretStore;
    let secretName: string;
    beforeAll(async () => {
      under = await make();
      store = under.store;
    });
    afterAll(() => under?.close?.());
    beforeEach(() => {
      secretName = `projects/p1/${randomUUID()}`;
    });

    it.each([
      ['a kubeconfig', 'apiVersion: v1\nkind: Config\nusers:\n- name: "ü"\n'],
      ['odd characters', '😀\u0000\r\n\t\u{10FFFF}'],
      ['one letter', 'x'],
      ['65,536 bytes', 'ü'.repeat(32_768)],
    ])('gives back %s', async (_, secret) => {
      must(await store.put(secretName, secret));
      expect(must(await store.get(secretName)) === secret).toBe(true);
    });

    it('replaces what is there', async () => {
      must(await store.put(secretName, 'first'));
      must(await store.put(secretName, 'second'));
      expect(must(await store.get(secretName))).toBe('second');
    });

    it('keeps names apart', async () => {
      for (const [at, other] of ['', 'a', '/a', '-a', '_a', 'A'].entries()) must(await store.put(secretName + other, String(at)));
      for (const [at, other] of ['', 'a', '/a', '-a', '_a', 'A'].entries())
        expect(must(await store.get(secretName + other))).toBe(String(at));
    });

    it('holds one whole secret after many writers at once', async () => {
      must(await store.put(secretName, 'x'.repeat(1000)));
      const letters = [...'abcdefghij'];
      const answers = await Promise.all(letters.map((letter) => store.put(secretName, letter.repeat(1000))));
      expect(answers.map(codeOf)).toEqual(letters.map(() => 'ok'));
      expect(must(await store.get(secretName))).toMatch(/^([a-j])\1{999}$/);
    });

    it('knows no secret that was never stored, or was removed', async () => {
      expect(codeOf(await store.get(secretName))).toBe('not-found');
      must(await store.put(secretName, 'secret'));
      must(await store.remove(secretName));
      expect(codeOf(await store.get(secretName))).toBe('not-found');
    });

    it('removes a secret that is gone, and takes its name anew', async () => {
      expect(codeOf(await store.remove(secretName))).toBe('ok');
      must(await store.put(secretName, 'first'));
      must(await store.remove(secretName));
      expect(codeOf(await store.remove(secretName))).toBe('ok');
      must(await store.put(secretName, 'second'));
      expect(must(await store.get(secretName))).toBe('second');
    });

    it.each([
      ['empty', ''],
      ['with a dot', 'a.b'],
      ['with a blank', 'a b'],
      ['with a letter that is none of ours', 'é'],
      ['with a line break', 'a\n'],
      ['of 201', 'x'.repeat(201)],
    ])('refuses a name %s', async (_, bad) => {
      expect(codeOf(await store.put(bad, 'secret'))).toBe('input-invalid');
      expect(codeOf(await store.get(bad))).toBe('input-invalid');
      expect(codeOf(await store.remove(bad))).toBe('input-invalid');
    });

    it('refuses nothing, too much and half characters, without a word of it', async () => {
      for (const secret of ['', 'hunter2'.repeat(10_000), 'hunter2\ud800']) {
        const answer = await store.put(secretName, secret);
        expect(codeOf(answer)).toBe('input-invalid');
        expect(sayOf(answer)).not.toContain('hunter2');
      }
      expect(codeOf(await store.get(secretName))).toBe('not-found');
    });
  });
};
