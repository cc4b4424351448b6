import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { rotateKubeletServerCertificate } from './rotate-kubelet-server-certificate.check.ts';

const given = running('kube-controller-manager');

export const cases = casesFor(rotateKubeletServerCertificate, [
  { name: 'not set, on by default', expect: 'pass', given: given({}) },
  { name: 'on', expect: 'pass', given: given({ 'feature-gates': 'RotateKubeletServerCertificate=true' }) },
  { name: 'off', expect: 'fail', given: given({ 'feature-gates': 'Other=true,RotateKubeletServerCertificate=false' }) },
  { name: 'off, named with its component', expect: 'fail', given: given({ 'feature-gates': 'kube:RotateKubeletServerCertificate=false' }) },
  { name: 'all beta features off', expect: 'fail', given: given({ 'feature-gates': 'AllBeta=false' }) },
  {
    name: 'all beta features off but this one',
    expect: 'pass',
    given: given({ 'feature-gates': 'AllBeta=false,RotateKubeletServerCertificate=true' }),
  },
  {
    name: 'given twice: gates add up, the last word counts',
    expect: 'pass',
    given: given({ 'feature-gates': ['RotateKubeletServerCertificate=false', 'RotateKubeletServerCertificate=true'] }),
  },
  { name: 'another gate that ends alike', expect: 'pass', given: given({ 'feature-gates': 'NotRotateKubeletServerCertificate=false' }) },
]);
