import { Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Setting } from '../core/environment.ts';
import type { GatehouseFunction } from './gatehouse-function.ts';
import type { Settings } from './settings.ts';

const aboutPeople = ['firstAdmin', 'issuer', 'audience', 'clientId', 'groupsClaim'] as const satisfies readonly (Setting &
  keyof Settings)[];

/** What the operator says about people and networks, handed to the functions that decide by it. None of it is secret. */
export class SignIn extends Construct {
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.settings = settings;
    if (!settings.issuer || !settings.firstAdmin)
      Validations.of(this).addWarning(
        'Gatehouse-Nobody',
        'Nobody can sign in: deploy with -c issuer=…, -c audience=… and -c firstAdmin=… (docs/deploy-to-aws.md).',
      );
  }

  /** Who may sign in, and who is the first admin. */
  tellPeople(to: GatehouseFunction): void {
    for (const setting of aboutPeople) {
      const value = this.settings[setting];
      if (value) to.set(setting, value);
    }
  }

  /** In which networks clusters may lie, and where webhooks may lead. */
  tellNetworks(to: GatehouseFunction): void {
    const { allowedNetworks, webhookHosts, publicUrl } = this.settings;
    if (allowedNetworks.length > 0) to.set('allowedNetworks', allowedNetworks.join(','));
    if (webhookHosts.length > 0) to.set('webhookHosts', webhookHosts.join(','));
    if (publicUrl) to.set('publicUrl', publicUrl);
  }
}
