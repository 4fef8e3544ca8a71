import assert from 'node:assert/strict';
import { Lines } from '../model/index.ts';
import { bare, pieces, SyntaxTree } from '../syntax/index.ts';
import { routesIn, type SourceCode } from './code.ts';
import { linksOf } from './links.ts';
import { routeMatcher, routesOf } from './routes.ts';

/** Files, and the routes in them: method, path, and the title and the file of the handler. */
const CASES: Record<string, [files: Record<string, string>, expected: string[]]> = {
  'Express, with a function in place and middleware': [
    { 'a.ts': "app.get('/x', (req, res) => {});\napp.post('/x', auth, async function (req, res) {});" },
    ['GET /x: GET /x in a.ts', 'POST /x: POST /x in a.ts'],
  ],
  'a named function of the file, also wrapped': [
    { 'a.ts': "function list() {}\nconst make = () => {};\nrouter.get('/x', list);\nrouter.delete('/x', wrap(make));" },
    ['GET /x: list in a.ts', 'DELETE /x: make in a.ts'],
  ],
  'a function that is imported': [
    { 'a.ts': "import { list as all } from './b';\nrouter.get('/x', all);", 'b.ts': 'export function list() {}' },
    ['GET /x: list in b.ts'],
  ],
  'a member of what is imported': [
    {
      'a.js': "const orders = require('./b');\nrouter.get('/x', orders.list);\nrouter.put('/x', orders.set.bind(orders));",
      'b.js': 'exports.list = () => {};\nexports.set = () => {};',
    },
    ['GET /x: list in b.js', 'PUT /x: set in b.js'],
  ],
  'through a file that hands it on': [
    { 'a.ts': "import { list } from './b';\nrouter.get('/x', list);", 'b.ts': "export * from './c';", 'c.ts': 'export const list = () => {};' },
    ['GET /x: list in c.ts'],
  ],
  'through a file that hands on many, each by its name': [
    {
      'a.js': "const { users } = require('./b');\nrouter.get('/x', users.create);",
      'b.js': "module.exports.orders = require('./c');\nmodule.exports.users = require('./d');",
      'c.js': 'exports.create = () => {};',
      'd.js': 'exports.create = () => {};',
    },
    ['GET /x: create in d.js'],
  ],
  'a method of the class, and of an object': [
    {
      'a.ts':
        "import { Users } from './b';\nclass Api { constructor() { this.router.get('/x', this.list.bind(this)); this.router.get('/y', users.all); } list() {} }",
      'b.ts': 'export class Users { all() {} }',
    },
    ['GET /x: Api.list in a.ts', 'GET /y: Users.all in b.ts'],
  ],
  'what makes a handler': [{ 'a.ts': "function make() { return () => {}; }\nrouter.get('/x', make(db));" }, ['GET /x: make in a.ts']],
  'Express, a route with several methods': [
    { 'a.ts': "router.route('/x').get(() => {}).post(() => {});" },
    ['POST /x: POST /x in a.ts', 'GET /x: GET /x in a.ts'],
  ],
  'Hono, in a chain and by name': [
    { 'a.ts': "const app = new Hono().get('/x', (c) => c.text('')).on(['PUT', 'PATCH'], '/y', (c) => c.text(''));" },
    ['PUT /y: PUT /y in a.ts', 'PATCH /y: PATCH /y in a.ts', 'GET /x: GET /x in a.ts'],
  ],
  'NestJS, by decorators': [
    {
      'a.ts':
        "@Controller('orders')\nexport class Orders {\n  @Get(':id')\n  @HttpCode(200)\n  find(@Param('id') id: string) {}\n  @Post()\n  add() {}\n  helper() {}\n}",
    },
    ['GET /orders/:id: Orders.find in a.ts', 'POST /orders: Orders.add in a.ts'],
  ],
  'NestJS, with several paths, a path in an object, and none': [
    {
      'a.ts':
        "@Controller(['a', 'b'])\nclass A { @All(['x', 'y']) both() {} }\n@Controller({ path: 'c', version: '1' })\nclass C { @Delete() get() {} @Delete('z') drop() {} }\n@Controller()\nclass D { @Head('/d/') head() {} }",
    },
    [
      ...['ANY /a/x: A.both in a.ts', 'ANY /a/y: A.both in a.ts', 'ANY /b/x: A.both in a.ts', 'ANY /b/y: A.both in a.ts'],
      ...['DELETE /c: C.get in a.ts', 'DELETE /c/z: C.drop in a.ts', 'HEAD /d: D.head in a.ts'],
    ],
  ],
  'NestJS, all below a path, and what is no controller': [
    {
      'a.ts': "@Controller('x')\nexport class X { @Get() get() {} }\n@Injectable()\nclass Y { @Get('y') get() {} }\nrouter.get('/z', () => {});",
      'main.ts': "const app = await NestFactory.create(App);\napp.setGlobalPrefix('api');",
    },
    ['GET /z: GET /z in a.ts', 'GET /api/x: X.get in a.ts'],
  ],
  'NestJS, with a path that is not spelled out': [{ 'a.ts': '@Controller(PATH)\nclass X { @Get() get() {} }' }, []],
  'Hono, below a base': [
    { 'a.ts': "const app = new Hono().basePath('/api');\napp.get('/x', (c) => c.text(''));" },
    ['GET /api/x: GET /api/x in a.ts'],
  ],
  "Koa's router, with a name and a prefix": [
    { 'a.js': "const router = new Router({ prefix: '/v1' });\nrouter.get('list', '/x', (ctx) => {});\nrouter.all('/y', (ctx) => {});" },
    ['GET /v1/x: GET /v1/x in a.js', 'ANY /v1/y: ANY /v1/y in a.js'],
  ],
  'Fastify, as one object and with options': [
    {
      'a.js':
        "fastify.route({ method: ['GET', 'HEAD'], url: '/x', handler: async () => {} });\nfastify.post('/y', { schema, handler() {} });\nfastify.get('/z', { schema }, list);\nfunction list() {}",
    },
    ['GET /x: GET /x in a.js', 'HEAD /x: HEAD /x in a.js', 'POST /y: POST /y in a.js', 'GET /z: list in a.js'],
  ],
  'routers that are mounted': [
    {
      'app.ts':
        "import orders from './orders';\nimport { users } from './users';\nconst api = express.Router();\napi.use('/orders', orders);\napi.use('/users', users.routes());\napp.use('/api', api);",
      'orders.ts': "const router = express.Router();\nrouter.get('/', () => {});\nexport default router;",
      'users.ts': "export const users = new Router();\nusers.get('/:id', () => {});",
    },
    ['GET /api/orders: GET /api/orders in orders.ts', 'GET /api/users/:id: GET /api/users/:id in users.ts'],
  ],
  'routers that are mounted without a path': [
    {
      'main.ts': "import routes from './routes';\napp.use(cors());\napp.use(routes);",
      'routes.ts': "import tags from './tags';\nconst api = Router().use(other).use(tags);\nexport default Router().use('/api', api);",
      'tags.ts': "const router = Router();\nrouter.get('/tags', () => {});\nexport default router;",
    },
    ['GET /api/tags: GET /api/tags in tags.ts'],
  ],
  'plugins of Fastify and what is loaded then and there': [
    {
      'app.js': "const routes = require('./orders');\nfastify.register(routes, { prefix: '/v1' });\napp.use('/w', require('./web'));",
      'orders.js': "module.exports = async (fastify) => { fastify.get('/x', async () => {}); };",
      'web.js': "const r = Router();\nr.get('/x', () => {});\nmodule.exports = r;",
    },
    ['GET /v1/x: GET /v1/x in orders.js', 'GET /w/x: GET /w/x in web.js'],
  ],
  'Next.js': [
    {
      'src/app/(shop)/orders/[id]/route.ts': 'export async function GET() {}\nexport const POST = async () => {};\nfunction helper() {}',
      'pages/api/cart/index.ts': 'export default function cart() {}',
    },
    [
      'GET /orders/[id]: GET in src/app/(shop)/orders/[id]/route.ts',
      'POST /orders/[id]: POST in src/app/(shop)/orders/[id]/route.ts',
      'ANY /api/cart: cart in pages/api/cart/index.ts',
    ],
  ],
  'what looks like a route and is none': [
    { 'a.ts': "cache.get('/x', fallback);\nmap.get('/x');\naxios.post('/x', { body });\nlist.get(0, () => {});\nparams.get('x', () => {});" },
    [],
  ],
};

/** Routes as they are declared, and which of some they match. */
const MATCHES: Record<string, string[]> = {
  'POST /orders': ['POST /orders', 'ANY /orders'],
  'post /orders/': ['POST /orders', 'ANY /orders'],
  '/orders': ['GET /orders', 'POST /orders', 'ANY /orders'],
  '/orders/*': ['GET /orders/:id', 'GET /orders/{id}/lines', 'GET /orders/:key{[0-9]+}'],
  'GET /orders/:any': ['GET /orders/:id', 'GET /orders/:key{[0-9]+}'],
  '*': ['GET /orders', 'POST /orders', 'ANY /orders', 'GET /orders/:id', 'GET /orders/{id}/lines', 'GET /orders/:key{[0-9]+}'],
  'DELETE /other': [],
};

async function sourcesOf(files: Record<string, string>): Promise<Map<string, SourceCode>> {
  const found = new Map<string, SourceCode>();
  for (const [path, text] of Object.entries(files)) {
    const tree = await SyntaxTree.parse(path.endsWith('.ts') ? 'typescript' : 'javascript', text);
    const root = bare(tree.tree, text);
    found.set(path, {
      path,
      functions: pieces(tree.tree)
        .filter(({ kind }) => kind === 'function')
        .map(({ name, range }) => ({ file: path, title: name, range })),
      links: linksOf(root).map((link) => ({ ...link, target: `${link.specifier.replace('./', '')}.${path.endsWith('.ts') ? 'ts' : 'js'}` })),
      ...routesIn(root),
      lines: new Lines(text),
    });
    tree.dispose();
  }
  return found;
}

describe('the routes of a server', () => {
  for (const [title, [files, expected]] of Object.entries(CASES)) {
    it(title, async () => {
      const routes = routesOf(await sourcesOf(files)).map(({ method, path, handler }) => `${method} ${path}: ${handler.title} in ${handler.file}`);
      assert.deepEqual(routes, expected);
    });
  }

  for (const [declared, expected] of Object.entries(MATCHES)) {
    it(`that ${declared} stands for`, () => {
      const handler = { file: 'a.ts', title: '', range: { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } } };
      const routes = (MATCHES['*'] ?? []).map((route) => ({ method: route.split(' ')[0] ?? '', path: route.split(' ')[1] ?? '', handler }));
      assert.deepEqual(
        routes.filter(routeMatcher(declared)).map(({ method, path }) => `${method} ${path}`),
        expected,
      );
    });
  }
});
