import { sitesApi } from '../../../contracts/sites.ts';
import type { Routes } from '../../platform/http.ts';
import type { PublicBase } from './address.rules.ts';
import { changeTopic, endTopic } from './change-topic.ts';
import { listTopics, readTopic } from './topic.presenter.ts';

/** Topics, who looks after them and until when they go on. */
export function topicRoutes(base: PublicBase): Routes {
  const [changing, ending] = [changeTopic(base), endTopic(base)];
  return (mount, { perform, consult }) => {
    mount(sitesApi.listTopics, ({ caller, query }) =>
      consult(caller, 'sites.list-topics', (reader) => listTopics(reader, base, query)),
    );
    mount(sitesApi.getTopic, ({ caller, params }) =>
      consult(caller, 'sites.get-topic', (reader) => readTopic(reader, base, params.id)),
    );
    mount(sitesApi.changeTopic, ({ caller, params, body }) =>
      perform(caller, changing, { ...body, resourceId: params.id }),
    );
    mount(sitesApi.endTopic, ({ caller, params, body }) =>
      perform(caller, ending, { ...body, resourceId: params.id }),
    );
  };
}
