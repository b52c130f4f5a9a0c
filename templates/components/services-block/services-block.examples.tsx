import type { Examples } from '../examples.ts';
import { serviceGroupsBlock, servicesBlock } from '../../pages/blocks.examples.ts';
import { ServiceGroupsBlock, ServicesBlock } from './services-block.tsx';

export const servicesBlockExamples: Examples = {
  'services with notes': <ServicesBlock block={servicesBlock} id="services" />,
  'services by whom they are for': <ServiceGroupsBlock block={serviceGroupsBlock} id="services" />,
  'one group': (
    <ServiceGroupsBlock
      block={{ ...serviceGroupsBlock, groups: serviceGroupsBlock.groups.slice(0, 1) }}
      id="services"
    />
  ),
};
