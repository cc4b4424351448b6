import type { FileCataloger, FileFindings } from '../../cataloger.ts';
import { notText, sortedOnce, textOf } from '../text.ts';
import { paragraphsOf } from './paragraphs.ts';

const copyrightPath = /^usr\/share\/doc\/([^/]+)\/copyright$/;
/** The first field of a machine-readable file (DEP-5) names the format. */
const machineReadable = /^\s*format(-specification)?\s*:\s*\S*(copyright-format|dep5|dep-5)/i;
const reference = /\/usr\/share\/common-licenses\/([A-Za-z0-9][A-Za-z0-9.+-]{0,99})/g;
const licenceField = /^License:[ \t]*(\S.*)$/gim;
const longestName = 200;
const mostNames = 200;

/** Short names of the licences of a machine-readable file; their full texts are left out. */
function declared(text: string): string[] {
  const paragraphs = paragraphsOf(text, new Set(['license']));
  // many files break a rule of the format somewhere: then the lines that name licences are still good
  const fields =
    typeof paragraphs === 'number'
      ? [...text.matchAll(licenceField)].map((match) => match[1] ?? '')
      : paragraphs.map((paragraph) => paragraph.get('license') ?? '');
  return fields.map((value) => (value.split('\n', 1)[0] ?? '').trim());
}

/** Licences to whose common texts a free-form file points. A full stop after one ends the sentence. */
const referred = (text: string): string[] => [...text.matchAll(reference)].map((match) => (match[1] ?? '').replace(/[.-]+$/, ''));

function read(path: string, bytes: Uint8Array): FileFindings | undefined {
  const owner = copyrightPath.exec(path)?.[1];
  const text = textOf(bytes);
  if (owner === undefined) return undefined;
  if (text === undefined) return notText;
  const names = machineReadable.test(text) ? declared(text) : referred(text);
  const licences = sortedOnce(names.filter((name) => name !== '' && name.length <= longestName)).slice(0, mostNames);
  return licences.length === 0 ? undefined : { licences: [{ package: owner, licences }] };
}

/** Licences of Debian packages, which only their copyright files name. */
export const dpkgCopyright: FileCataloger = {
  id: 'dpkg-copyright',
  mostBytes: 8 << 20,
  wants: ({ path }) => copyrightPath.test(path),
  read: (head, bytes) => read(head.path, bytes),
};
