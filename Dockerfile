# The service, for a PostgreSQL and a file store outside of the image: DATABASE_URL is needed, see docs/operations.md.
# The commands are those of the build, which the tests run. That an engine builds and runs this file is not tested.

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY . .
RUN npm run setup && npm run build
# Without the optional packages: they are a PostgreSQL, and this image has none.
RUN npx -y pnpm@12.21.0 --filter daftari deploy --legacy --prod --no-optional /app

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DAFTARI_DATA_DIR=/var/lib/daftari
RUN install -d -o node -g node -m 700 /var/lib/daftari
COPY --from=build /app /app
WORKDIR /app
USER node
VOLUME /var/lib/daftari
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
