import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { denyServiceExternalIps } from './deny-service-external-ips.check.ts';

export const cases = casesFor(denyServiceExternalIps, [
  {
    name: 'the plugin is enabled',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': 'NodeRestriction,DenyServiceExternalIPs' }),
    says: 'DenyServiceExternalIPs',
  },
  { name: 'nothing is said of plugins', expect: 'fail', given: apiServer({}) },
  {
    name: 'the flag is given twice; both lists count',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': ['DenyServiceExternalIPs', 'PodSecurity'] }),
  },
  {
    name: 'a longer name is another plugin',
    expect: 'fail',
    given: apiServer({ 'enable-admission-plugins': 'MyDenyServiceExternalIPsX' }),
  },
  { name: 'the deprecated flag names every plugin there is', expect: 'fail', given: apiServer({ 'admission-control': 'LimitRanger' }) },
  {
    name: 'the process itself tells, with its list in brackets',
    expect: 'pass',
    given: controlPlane([], {
      apiServerFlagz: flagz({
        'enable-admission-plugins': '[NodeRestriction,DenyServiceExternalIPs]',
        'disable-admission-plugins': '[]',
        'admission-control': '[]',
      }),
    }),
  },
]);
