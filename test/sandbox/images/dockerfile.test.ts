import { readFinalStage } from "../../../sandbox/images/dockerfile";

test("the last stage tells what it copies from the context, sets and runs", () => {
  const text = `
    ARG BASE
    FROM java AS java
    ENV A=1
    COPY tool /tool
    CMD ["nothing"]
    # a comment
    FROM \${BASE}
    ENV JAVA_HOME=/opt/java \\
        # within an instruction
        OPTIONS="-Xmx256m -Dx=\${JAVA_HOME}"
    ENV HOME=/tmp PLACE=$LAMBDA_TASK_ROOT/x
    COPY --from=java /opt/java /opt/java
    COPY --chmod=0644 src \${LAMBDA_TASK_ROOT}
    COPY a b.txt /var/task/files/
    RUN echo done
    CMD ["module.handle"]
  `;

  expect(readFinalStage(text, "Dockerfile")).toEqual({
    copies: [
      { from: "src", to: "/var/task" },
      { from: "a", to: "/var/task/files/" },
      { from: "b.txt", to: "/var/task/files/" },
    ],
    environment: {
      JAVA_HOME: "/opt/java",
      // A reference is to what earlier instructions have set.
      OPTIONS: "-Xmx256m -Dx=",
      HOME: "/tmp",
      PLACE: "/var/task/x",
    },
    command: ["module.handle"],
  });
});

test("a stage without a command cannot be run", () => {
  expect(() => readFinalStage('FROM a\nCMD ["x"]\nFROM b\n', "some/Dockerfile")).toThrow(
    'some/Dockerfile: the last stage has no CMD ["<handler>"]',
  );
});
