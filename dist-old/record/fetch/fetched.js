/** What came back for a want: checked to be what was asked for, and put beside what the client has sent. */
import { recordTypes } from '../../cdshooks/record-type.js';
import { isOfAnother, ownerOf } from '../owner.js';
import { openPrefetchValue } from '../prefetch-value.js';
import { ask, UNUSABLE } from './ask.js';
import { followPages } from './pages.js';
export async function fetchWant(want, talk) {
    if (want.kind === 'pages')
        return { want, got: { value: await followPages(want.bundle, talk) } };
    const answered = await ask(want.url, talk);
    if ('why' in answered)
        return { want, got: answered };
    const { body } = answered;
    const isList = want.kind === 'list' && body['resourceType'] === 'Bundle';
    return { want, got: { value: isList ? await followPages(body, talk) : body } };
}
/** Whether anything of it names another patient than the call. */
export function isOfOthers({ want, got }, patientId) {
    if ('why' in got)
        return false;
    const sent = want.kind === 'pages' ? new Set(openPrefetchValue(want.bundle).resources) : new Set();
    return openPrefetchValue(got.value).resources.some((resource) => !sent.has(resource) && isOfAnother(resource, patientId));
}
/** What a server gives for a patient says in a readable way whose it is, or is not believed. */
function isUntold({ want, got }, patientId) {
    if ('why' in got || want.kind === 'pages')
        return false;
    return openPrefetchValue(got.value).resources.some((resource) => recordTypes.some((type) => type === resource.resourceType) && ownerOf(resource, patientId) === 'untold');
}
/** The request as if the client had sent what was fetched, and why the rest was not. */
export function withFetched({ request, whyNot }, fetched) {
    const prefetch = { ...request.prefetch };
    const siblings = [...request.siblings];
    const reasons = new Map(whyNot);
    for (const one of fetched) {
        const { want, got } = one;
        if ('why' in got)
            reasons.set(want.name, got.why);
        else if (!isAsAsked(want, got.value) || isUntold(one, request.patientId))
            reasons.set(want.name, UNUSABLE);
        else if (want.kind === 'reference')
            siblings.push(got.value);
        else
            prefetch[want.name] = got.value;
    }
    return { request: { ...request, prefetch, siblings }, whyNot: reasons };
}
/** An OperationOutcome in place of a list is kept: it says that the server looked and failed. */
function isAsAsked(want, value) {
    if (want.kind === 'pages')
        return true;
    const { resourceType } = value;
    if (want.kind !== 'list') {
        return resourceType === want.type && want.url.pathname.endsWith(`/${String(value['id'])}`);
    }
    if (resourceType === 'OperationOutcome')
        return true;
    return (resourceType === 'Bundle' &&
        openPrefetchValue(value).matches.every((match) => match.resourceType === want.type));
}
//# sourceMappingURL=fetched.js.map