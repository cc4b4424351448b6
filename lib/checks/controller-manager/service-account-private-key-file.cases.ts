import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { serviceAccountPrivateKeyFile } from './service-account-private-key-file.check.ts';

const given = running('kube-controller-manager');

export const cases = casesFor(serviceAccountPrivateKeyFile, [
  {
    name: 'all flags are given',
    expect: 'pass',
    given: given({ 'service-account-private-key-file': '/pki/service-account-private-key-file' }),
  },
  { name: 'nothing is given', expect: 'fail', given: given({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: given({ 'service-account-private-key-file': '' }), says: '(empty)' },
]);
