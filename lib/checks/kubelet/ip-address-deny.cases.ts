import { casesFor } from '../check.ts';
import { ipAddressDeny } from './ip-address-deny.check.ts';

export const cases = casesFor(ipAddressDeny, [{ name: 'nothing tells but the node itself', expect: 'manual', given: {} }]);
