import { expect, it } from 'vitest';
import { dpkgCopyright } from './copyright.ts';

const path = 'usr/share/doc/tool/copyright';
const read = (text: string) => dpkgCopyright.read({ path, size: 0, mode: 0o644 }, new TextEncoder().encode(text));
const licences = (...names: string[]) => ({ licences: [{ package: 'tool', licences: names }] });
const format = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n';

it('wants the copyright file of a package only', () => {
  const wants = (name: string) => dpkgCopyright.wants({ path: name, size: 0, mode: 0 });
  expect([path, 'usr/share/doc/tool/copyright.gz', 'usr/share/doc/tool/more/copyright'].map(wants)).toEqual([true, false, false]);
});

it('reads short names of a machine-readable file, without the texts', () => {
  const text = `${format}\nFiles: *\nCopyright: someone\nLicense: GPL-2+ or Artistic\n\nFiles: x\nLicense: Expat\n Permission is granted\n .\n to anyone.\n\nLicense: Expat\n Again.\n`;
  expect(read(text)).toEqual(licences('Expat', 'GPL-2+ or Artistic'));
});

it('takes no sentence for a name where the field begins on the next line', () => {
  expect(read(`${format}License:\n Different ones apply.\n\nLicense: MIT\n text\n`)).toEqual(licences('MIT'));
});

it('reads the names also of a file that breaks the format', () => {
  expect(read(`${format}\nLicense: MIT\nPermission without an indent is granted.\n`)).toEqual(licences('MIT'));
});

it('takes the common licences that free words point to', () => {
  const text =
    "See /usr/share/common-licenses/GPL-2.\nAnd `/usr/share/common-licenses/LGPL-2.1', or /usr/share/common-licenses/GPL-2 again.\n";
  expect(read(text)).toEqual(licences('GPL-2', 'LGPL-2.1'));
});

it('says nothing where no licence is named, and that bytes are no text', () => {
  expect(read('Everybody may use this.\n')).toBeUndefined();
  expect(read('x\0y')).toHaveProperty('unreadable');
});
