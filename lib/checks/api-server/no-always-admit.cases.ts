import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { noAlwaysAdmit } from './no-always-admit.check.ts';

export const cases = casesFor(noAlwaysAdmit, [
  {
    name: 'the plugin is enabled',
    expect: 'fail',
    given: apiServer({ 'enable-admission-plugins': 'NodeRestriction,AlwaysAdmit' }),
    says: 'AlwaysAdmit',
  },
  { name: 'nothing is said of plugins', expect: 'pass', given: apiServer({}) },
  {
    name: 'the flag is given twice; both lists count',
    expect: 'fail',
    given: apiServer({ 'enable-admission-plugins': ['AlwaysAdmit', 'PodSecurity'] }),
  },
  { name: 'a longer name is another plugin', expect: 'pass', given: apiServer({ 'enable-admission-plugins': 'MyAlwaysAdmitX' }) },
  { name: 'the deprecated flag names every plugin there is', expect: 'pass', given: apiServer({ 'admission-control': 'LimitRanger' }) },
  {
    name: 'the process itself tells, with its list in brackets',
    expect: 'fail',
    given: controlPlane([], {
      apiServerFlagz: flagz({
        'enable-admission-plugins': '[NodeRestriction,AlwaysAdmit]',
        'disable-admission-plugins': '[]',
        'admission-control': '[]',
      }),
    }),
  },
]);
