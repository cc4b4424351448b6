import { flagChecks, settingsCheck } from './flag-check.ts';

/** A check of the settings of every controller manager instance. */
export const controllerManagerCheck = settingsCheck('kube-controller-manager');
/** The usual statements about flags of the controller manager. */
export const controllerManagerFlags = flagChecks('kube-controller-manager');
