import { Construct } from 'constructs';
import type { GatehouseFunction } from './gatehouse-function.ts';

/** Durable deliveries of webhooks, seen from those who tell events. */
export class Deliveries extends Construct {
  private readonly deliver: GatehouseFunction;

  constructor(scope: Construct, id: string, deliver: GatehouseFunction) {
    super(scope, id);
    this.deliver = deliver;
  }

  /** Starts runs through the alias, and sees nothing of them: a name that is taken is enough to know. */
  allowStarting(by: GatehouseFunction): void {
    const { functionArn } = this.deliver.alias;
    by.set('deliverFunction', functionArn);
    by.allow('DeliveryStart', ['lambda:InvokeFunction'], [functionArn]);
  }
}
