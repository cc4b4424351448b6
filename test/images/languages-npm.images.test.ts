import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printed } from './cataloguing.ts';
import { packagesIn, temporaryFolder, told } from './languages.ts';

interface Listed {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Listed>>;
}
/** What `npm ls` lists below an application. Aliases are listed under the name they are asked by, and carry their own beside it. */
const below = ({ dependencies = {} }: Listed): { name: string; version: string }[] =>
  Object.entries(dependencies).flatMap(([key, one]) => [
    ...(one.version === undefined ? [] : [{ name: one.name ?? key, version: one.version }]),
    ...below(one),
  ]);

it('an installed application: exactly what npm lists', { timeout: 400_000 }, async () => {
  await using folder = await temporaryFolder();
  const dependencies = {
    lodash: '4.17.20',
    express: '4.17.1',
    '@babel/core': '7.12.0',
    minimist: '1.2.5',
    // carries packages of its own among its tests, which are not installed
    resolve: '1.20.0',
    renamed: 'npm:ms@2.0.0',
    '@types/node': '14.14.31',
  };
  await writeFile(join(folder.path, 'package.json'), JSON.stringify({ name: 'sample', version: '1.0.0', dependencies }));
  const npm = (...args: string[]) => printed('npm', ['--prefix', folder.path, ...args]);
  await npm('install', '--no-audit', '--no-fund', '--ignore-scripts');
  const listed: Listed = JSON.parse(await npm('ls', '--all', '--json', '--long'));
  const found = await packagesIn(folder.path);
  expect(told(found.filter(({ main }) => main))).toEqual(['sample 1.0.0']);
  expect(told(found.filter(({ main }) => !main))).toEqual(told(below(listed)));
  expect(told(found)).toEqual(expect.arrayContaining(['ms 2.0.0', '@types/node 14.14.31', 'lodash 4.17.20']));
  expect(found.find(({ name }) => name === 'lodash')).toMatchObject({ type: 'npm', licenses: ['MIT'] });
});
