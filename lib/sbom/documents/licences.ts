import { SPDX } from '@cyclonedx/cyclonedx-library';
import { plainName, shortHash } from './naming.ts';

/** What a package says of its licence: an expression of SPDX, spelled as SPDX does, or words of its own. */
export type Licence =
  | { readonly is: 'id'; readonly text: string }
  | { readonly is: 'expression'; readonly text: string; readonly references: readonly string[] }
  | { readonly is: 'words'; readonly text: string };

const longestText = 2_000;
const deepest = 40;
const reference = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/;
/** The library's list holds exceptions beside licences. */
const isException = (id: string): boolean => /exception|-note$|^LLVM|linking/i.test(id) && !/^(?:GPL|LGPL|MPL|CAL)-\d/.test(id);

/** Reads `term (AND|OR term)*`, where a term is a licence, perhaps WITH an exception, or an expression in parentheses. */
class Expression {
  readonly #tokens: readonly string[];
  #at = 0;
  readonly references: string[] = [];

  constructor(text: string) {
    this.#tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  }

  whole(): string | undefined {
    const read = this.#list(0);
    return this.#at === this.#tokens.length ? read : undefined;
  }

  #list(depth: number): string | undefined {
    let read = this.#term(depth);
    for (let word = this.#word(); read !== undefined && (word === 'AND' || word === 'OR'); word = this.#word()) {
      this.#at += 1;
      const next = this.#term(depth);
      read = next && `${read} ${word} ${next}`;
    }
    return read;
  }

  #term(depth: number): string | undefined {
    const token = this.#tokens[this.#at++];
    if (token === undefined || depth > deepest) return undefined;
    if (token === '(') {
      const inner = this.#list(depth + 1);
      return this.#tokens[this.#at++] === ')' ? inner && `(${inner})` : undefined;
    }
    const licence = this.#licence(token);
    if (licence === undefined || this.#word() !== 'WITH') return licence;
    const exception = SPDX.fixupSpdxId(this.#tokens[this.#at + 1] ?? '');
    this.#at += 2;
    return exception && isException(exception) ? `${licence} WITH ${exception}` : undefined;
  }

  #licence(token: string): string | undefined {
    if (reference.test(token)) {
      this.references.push(token);
      return token;
    }
    const known = SPDX.fixupSpdxId(token);
    if (known) return isException(known) ? undefined : known;
    const later = token.endsWith('+') ? SPDX.fixupSpdxId(token.slice(0, -1)) : undefined;
    return later && !isException(later) ? `${later}+` : undefined;
  }

  #word(): string | undefined {
    return this.#tokens[this.#at]?.toUpperCase();
  }
}

/** Tells an SPDX expression from other words. */
export const readLicence = (text: string): Licence => {
  const words = { is: 'words', text: text.replace(/\s+/g, ' ').trim() } as const;
  if (text.length > longestText) return words;
  const expression = new Expression(text);
  const read = expression.whole();
  if (read === undefined) return words;
  return SPDX.isSupportedSpdxId(read) ? { is: 'id', text: read } : { is: 'expression', text: read, references: expression.references };
};

/** All that a package declares; it is under all of them, as far as it says. */
export const readLicences = (declared: readonly string[] | undefined): readonly Licence[] => {
  const read = (declared ?? []).filter((text) => text.trim() !== '').map(readLicence);
  return [...new Map(read.map((licence) => [licence.text, licence])).values()];
};

/** The name that stands for words in an expression. */
export const referenceFor = (words: string): string => {
  const plain = plainName(words);
  return `LicenseRef-${plain === words ? plain : `${plain.slice(0, 40) || 'words'}-${shortHash(words)}`}`;
};

/** One expression for several licences. */
export const joined = (licences: readonly Licence[]): string => {
  const parts = licences.map((licence) => (licence.is === 'words' ? referenceFor(licence.text) : licence.text));
  if (parts.length < 2) return parts[0] ?? '';
  return parts.map((part) => (/ (?:AND|OR) /.test(part) ? `(${part})` : part)).join(' AND ');
};
