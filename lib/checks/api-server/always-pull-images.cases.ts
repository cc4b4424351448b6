import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { alwaysPullImages } from './always-pull-images.check.ts';

export const cases = casesFor(alwaysPullImages, [
  {
    name: 'the plugin is enabled',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': 'NodeRestriction,AlwaysPullImages' }),
    says: 'AlwaysPullImages',
  },
  { name: 'nothing is said of plugins', expect: 'fail', given: apiServer({}) },
  {
    name: 'the flag is given twice; both lists count',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': ['AlwaysPullImages', 'PodSecurity'] }),
  },
  { name: 'a longer name is another plugin', expect: 'fail', given: apiServer({ 'enable-admission-plugins': 'MyAlwaysPullImagesX' }) },
  { name: 'the deprecated flag names every plugin there is', expect: 'fail', given: apiServer({ 'admission-control': 'LimitRanger' }) },
  {
    name: 'the process itself tells, with its list in brackets',
    expect: 'pass',
    given: controlPlane([], {
      apiServerFlagz: flagz({
        'enable-admission-plugins': '[NodeRestriction,AlwaysPullImages]',
        'disable-admission-plugins': '[]',
        'admission-control': '[]',
      }),
    }),
  },
]);
