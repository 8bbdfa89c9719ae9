// Unleash's official SDK, evaluating flags that a test made up: no server, no network.
import UnleashClientModule from 'unleash-client/lib/client.js';
import { Strategy, defaultStrategies } from 'unleash-client/lib/strategy/index.js';

// What teams write themselves: lets in whoever's field is in the list parameter of the same name.
class Matching extends Strategy {
  constructor(name, field) {
    super(name);
    this.field = field;
  }
  isEnabled(parameters, context) {
    const list = (parameters[this.field] ?? '').split(/\s*,\s*/);
    const value = context[this.field] ?? context.properties?.[this.field];
    return list.includes(value);
  }
}

// Known to the SDK and not to vakt: does what its parameter says.
class Mystery extends Strategy {
  constructor() {
    super('mystery');
  }
  isEnabled(parameters) {
    return parameters.lets === 'everybody' || (parameters.lets === 'half' && Math.random() < 0.5);
  }
}

export const custom = { byCluster: 'cluster' };
const strategies = [...defaultStrategies, ...Object.entries(custom).map(([name, field]) => new Matching(name, field)), new Mystery()];

export function client(features, segments = []) {
  const flags = new Map(features.map((feature) => [feature.name, feature]));
  const known = new Map(segments.map((segment) => [segment.id, segment]));
  const repository = { getToggle: (name) => flags.get(name), getSegment: (id) => known.get(id) };
  const evaluator = new UnleashClientModule.default(repository, strategies);
  return (name, context) => evaluator.isEnabled(name, context, () => false);
}
