import { expect, it } from 'vitest';
import { flagValue } from './argv.ts';

it.each<[string, readonly string[], string | undefined]>([
  ['joined', ['--config=/a'], '/a'],
  ['apart', ['--config', '/a'], '/a'],
  ['with one dash', ['-config=/a'], '/a'],
  ['with underscores', ['--config_dir=/x', '--con_fig=/b'], undefined],
  ['with an equals sign in it', ['--config=a=b'], 'a=b'],
  ['more than once: the last counts', ['--config=/a', '--config=/b'], '/b'],
  ['without a value, before another flag', ['--config', '--v=2'], 'true'],
  ['without a value, at the end', ['--config'], 'true'],
  ['not at all', ['--config-dir=/a', 'config=/b'], undefined],
  ['with a value that was not kept', ['--config=(removed)'], undefined],
])('finds a flag that is given %s', (_name, argv, value) => expect(flagValue(argv, 'config')).toBe(value));

it('takes underscores for dashes, as Kubernetes does', () => {
  expect(flagValue(['--client_ca_file=/a'], 'client-ca-file')).toBe('/a');
});
