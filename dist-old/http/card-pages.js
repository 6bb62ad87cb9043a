/** `GET /cards/{topic}`: the page that a card's source links to, its Markdown shown as it is written. */
import { Router } from 'express';
import { ServiceError } from '../errors.js';
import { methodNotAllowed } from './outcome.js';
export function cardPageRoutes(options) {
    const router = Router({ caseSensitive: true });
    router
        .route('/cards/*topic')
        .get((request, response) => {
        const markdown = options.cardPage(request.params.topic.join('/'));
        if (markdown === undefined)
            throw new ServiceError('not-found', 'No card has this topic.');
        response.type('html').send(page(markdown));
    })
        .all(methodNotAllowed('GET', 'HEAD', 'OPTIONS'));
    return router;
}
function page(markdown) {
    const title = /^#+ (.+)$/m.exec(markdown)?.[1] ?? 'Card';
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>pre { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; white-space: pre-wrap; font: 1rem/1.5 sans-serif }</style>
</head>
<body>
<main><pre>${escapeHtml(markdown)}</pre></main>
</body>
</html>
`;
}
const entities = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
//# sourceMappingURL=card-pages.js.map