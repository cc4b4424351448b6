import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { rootCaFile } from './root-ca-file.check.ts';

const given = running('kube-controller-manager');

export const cases = casesFor(rootCaFile, [
  { name: 'all flags are given', expect: 'pass', given: given({ 'root-ca-file': '/pki/root-ca-file' }) },
  { name: 'nothing is given', expect: 'fail', given: given({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: given({ 'root-ca-file': '' }), says: '(empty)' },
]);
