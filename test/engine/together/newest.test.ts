import { defineGroup } from './files';

defineGroup('newest');
