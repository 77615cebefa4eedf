import { defineGroup } from './files';

defineGroup('calls');
