import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printed } from './cataloguing.ts';
import { packagesIn, temporaryFolder, told } from './languages.ts';

const wanted = [
  'PyYAML==5.3.1',
  'ruamel.yaml==0.17.21',
  'zope.interface==5.4.0',
  'requests==2.25.1',
  'Jinja2==2.11.2',
  'python-dateutil==2.8.1',
  'Flask==1.1.2',
];

/** As PEP 503 has it. */
const normalised = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();

it('an environment: exactly what pip lists', { timeout: 500_000 }, async () => {
  await using folder = await temporaryFolder();
  await printed('python3', ['-m', 'venv', folder.path]);
  const pip = (...args: string[]) => printed(join(folder.path, 'bin/pip'), ['--disable-pip-version-check', ...args]);
  await pip('install', '--quiet', '--no-deps', ...wanted);
  const listed: { name: string; version: string }[] = JSON.parse(await pip('list', '--format=json'));
  // packages that pip and setuptools carry inside themselves are real, but pip does not list them
  const found = (await packagesIn(folder.path)).filter(({ path }) => /site-packages\/[^/]+\/[^/]+$/.test(path));
  expect(told(found)).toEqual(told(listed.map(({ name, version }) => ({ name: normalised(name), version }))));
  expect(told(found)).toEqual(expect.arrayContaining(['pyyaml 5.3.1', 'ruamel-yaml 0.17.21', 'zope-interface 5.4.0']));
  expect(found.find(({ name }) => name === 'pyyaml')).toMatchObject({ type: 'pypi', licenses: ['MIT'], supplier: 'Kirill Simonov' });
});
