import { expect, it } from 'vitest';
import { fitsWildcard } from './wildcard.ts';

/** What a pattern means, said in another way: letter by letter, for every place in the text that it can have come to. */
const fitsByLetters = (pattern: string, text: string): boolean => {
  let places = new Set([0]);
  for (const letter of pattern) {
    const next = new Set<number>();
    for (const place of places)
      if (letter === '*') for (let to = place; to <= text.length; to += 1) next.add(to);
      else if (text[place] === letter) next.add(place + 1);
    places = next;
  }
  return places.has(text.length);
};

it.each([
  ['kubelet/*', 'kubelet/anonymous-auth', true],
  ['kubelet/*', 'Kubelet/anonymous-auth', false],
  ['*', '', true],
  ['**', 'a\nb', true],
  ['a', 'ab', false],
  ['a*a', 'a', false],
  ['a*b*b', 'ab', false],
  ['*b*', 'abc', true],
  ['Deployment shop/*', 'Deployment shop.', false],
  ['a.c', 'abc', false],
])('"%s" and "%s": %s', (pattern, text, fits) => {
  expect(fitsWildcard(pattern, text)).toBe(fits);
});

it('agrees with what a pattern means, for every short pattern and text', () => {
  const words = (letters: string, length: number): readonly string[] =>
    length === 0 ? [''] : ['', ...words(letters, length - 1).flatMap((word) => [...letters].map((letter) => word + letter))];
  const wrong = words('ab*', 5).flatMap((pattern) =>
    words('ab', 5)
      .filter((text) => fitsWildcard(pattern, text) !== fitsByLetters(pattern, text))
      .map((text) => `${pattern} ${text}`),
  );
  expect(wrong).toEqual([]);
});

it('is done at once with what would keep a regular expression busy for years', () => {
  expect(fitsWildcard(`${'*a'.repeat(140)}*b`, 'a'.repeat(10_000))).toBe(false);
});
